"""The three kinds of storage, each for real: a folder, S3 as moto's server speaks it, and Azure as Azurite does."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest
from azure.storage.blob import BlobServiceClient
from moto.server import ThreadedMotoServer

_AZURITE = Path(__file__).resolve().parent.parent / "var" / "azurite" / "node_modules" / ".bin" / "azurite-blob"
# Azurite's public account, the same on every machine.
_ACCOUNT = "devstoreaccount1"
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


@contextmanager
def folder(tmp: Path) -> Iterator[str]:
    yield (tmp / "storage").as_uri()


@contextmanager
def s3(environment: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        _, port = server.get_host_and_port()
        environment.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{port}")
        environment.setenv("AWS_ACCESS_KEY_ID", "id")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        environment.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        bucket = f"documents-{uuid.uuid4().hex[:8]}"
        boto3.client("s3").create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        )
        yield f"s3://{bucket}/some/prefix"
    finally:
        server.stop()


@contextmanager
def azure(environment: pytest.MonkeyPatch, tmp: Path) -> Iterator[str]:
    if not _AZURITE.exists() or shutil.which("node") is None:
        pytest.skip("SKIPPED Azure: Azurite is not installed (npm install --prefix var/azurite azurite@3.35.0)")
    port = _free_port()
    # Azurite stays behind when it is told to end while it answers; its own process group is ended with it.
    process = subprocess.Popen(
        [str(_AZURITE), "--silent", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry",
         "--blobHost", "127.0.0.1", "--blobPort", str(port)],
        cwd=tmp, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        connection = (
            f"DefaultEndpointsProtocol=http;AccountName={_ACCOUNT};AccountKey={_KEY};"
            f"BlobEndpoint=http://127.0.0.1:{port}/{_ACCOUNT};"
        )
        environment.setenv("AZURE_STORAGE_CONNECTION_STRING", connection)
        container = f"documents-{uuid.uuid4().hex[:8]}"
        BlobServiceClient.from_connection_string(connection).create_container(container)
        yield f"azure://{container}/some/prefix"
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, "Azurite ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Azurite did not start")
