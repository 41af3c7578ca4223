"""Extraction by a model: prompt, schema, reply, evidence."""
