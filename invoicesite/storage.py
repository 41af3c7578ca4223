"""The storage of documents, from ``STORAGE_URL``."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from invoicesite import env

# Each call of a provider is bounded: a request or a job waits for it.
CONNECT_TIMEOUT_SECONDS = 5
READ_TIMEOUT_SECONDS = 30


def document_storage(url: str) -> dict[str, Any]:
    """Django's ``STORAGES`` entry for ``file:///folder``, ``s3://bucket/prefix``, ``azure://container/prefix`` or
    ``gs://bucket/prefix``.

    Credentials come from each provider's own environment, never from the URL: ``AWS_ACCESS_KEY_ID``,
    ``AWS_SECRET_ACCESS_KEY``, ``AWS_REGION``, ``AWS_ENDPOINT_URL_S3`` … (or the machine's role) for S3;
    ``AZURE_STORAGE_CONNECTION_STRING``, or ``AZURE_STORAGE_ACCOUNT`` with ``AZURE_STORAGE_KEY`` or the managed identity
    (``AZURE_MANAGED_IDENTITY``), for Azure;
    ``GOOGLE_APPLICATION_CREDENTIALS`` (or the machine's account) for Google. While a key is changed, the other one is
    ``AWS_FALLBACK_ACCESS_KEY_ID`` with ``AWS_FALLBACK_SECRET_ACCESS_KEY``, or ``AZURE_STORAGE_FALLBACK_KEY``.
    """
    parts = urlsplit(url)
    prefix = unquote(parts.path).strip("/")
    if parts.scheme == "s3":
        options = {"bucket_name": parts.netloc, "location": prefix, "file_overwrite": False, "default_acl": None}
        return {"BACKEND": "invoicesite.storage_s3.DocumentS3Storage", "OPTIONS": options | _s3_fallback()}
    if parts.scheme == "azure":
        options = {"azure_container": parts.netloc, "location": prefix, "overwrite_files": False}
        return {
            "BACKEND": "invoicesite.storage_azure.DocumentAzureStorage",
            "OPTIONS": options | _azure_credentials(),
        }
    if parts.scheme == "gs":
        options = {"bucket_name": parts.netloc, "location": prefix, "file_overwrite": False}
        return {"BACKEND": "invoicesite.storage_google.DocumentGoogleStorage", "OPTIONS": options}
    options = {"location": "/" + prefix, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


def _s3_fallback() -> dict[str, Any]:
    key_id, secret = env.text("AWS_FALLBACK_ACCESS_KEY_ID"), env.text("AWS_FALLBACK_SECRET_ACCESS_KEY")
    if bool(key_id) != bool(secret):
        raise env.BadEnvironment("AWS_FALLBACK_ACCESS_KEY_ID", "set together with AWS_FALLBACK_SECRET_ACCESS_KEY")
    return {"fallback_key": (key_id, secret)} if key_id else {}


def _azure_credentials() -> dict[str, Any]:
    connection = env.text("AZURE_STORAGE_CONNECTION_STRING")
    fallback = env.text("AZURE_STORAGE_FALLBACK_KEY")
    other = {"fallback_key": fallback} if fallback else {}
    if connection:
        return {"connection_string": connection, **other}
    account, key = env.text("AZURE_STORAGE_ACCOUNT"), env.text("AZURE_STORAGE_KEY")
    identity = env.boolean("AZURE_MANAGED_IDENTITY", False)
    if not account or not (key or identity):
        raise env.BadEnvironment(
            "AZURE_STORAGE_CONNECTION_STRING",
            "set for an azure:// storage, or AZURE_STORAGE_ACCOUNT with AZURE_STORAGE_KEY or AZURE_MANAGED_IDENTITY,",
        )
    of_account = {"account_name": account, "endpoint_suffix": env.text("AZURE_STORAGE_SUFFIX", "core.windows.net")}
    if key:
        return {**of_account, "account_key": key, **other}
    return {**of_account, "identity": env.text("AZURE_CLIENT_ID")}
