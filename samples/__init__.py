"""Made-up documents with the results expected of them: ``documents/`` and ``expected.json``, written by ``draw.py``."""
