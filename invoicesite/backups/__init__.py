"""Backup and restore of database and files as one, and the doctor that finds what does not fit together."""
