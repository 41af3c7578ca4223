"""The storage of documents, from ``STORAGE_URL``."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit


def document_storage(url: str) -> dict[str, Any]:
    """Django's ``STORAGES`` entry for ``file:///folder``, ``s3://bucket/prefix``, ``azure://container/prefix`` or
    ``gs://bucket/prefix``. Credentials come from each provider's own environment, never from the URL."""
    parts = urlsplit(url)
    prefix = unquote(parts.path).strip("/")
    if parts.scheme == "s3":
        options = {"bucket_name": parts.netloc, "location": prefix, "file_overwrite": False, "default_acl": None}
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    if parts.scheme == "azure":
        options = {"azure_container": parts.netloc, "location": prefix, "overwrite_files": False}
        return {"BACKEND": "storages.backends.azure_storage.AzureStorage", "OPTIONS": options}
    if parts.scheme == "gs":
        options = {"bucket_name": parts.netloc, "location": prefix, "file_overwrite": False}
        return {"BACKEND": "storages.backends.gcloud.GoogleCloudStorage", "OPTIONS": options}
    options = {"location": "/" + prefix, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
