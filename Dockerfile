# Web and worker are the same image:
#   docker run … invoicesite                                     the web process, on port 8000
#   docker run … --stop-timeout 40 \
#     --health-cmd "python manage.py work --check" invoicesite python manage.py work
#   docker run … invoicesite python manage.py migrate            once for each release

# The same base gives the same image: name it by its digest where releases are built.
ARG BASE_IMAGE=python:3.11-slim-bookworm

# hadolint ignore=DL3006  # its version is in BASE_IMAGE
FROM ${BASE_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /srv/invoicesite
COPY requirements.txt ./
# Complete and hashed: there is nothing to resolve.
RUN pip install --no-deps --require-hashes --no-compile -r requirements.txt
COPY . .
# Settings of production are needed for the hashed names of static files; nothing of this key stays in the image.
RUN DJANGO_ALLOWED_HOSTS=build.invalid \
    DJANGO_SECRET_KEY=only-for-collectstatic-0123456789-0123456789-0123456789-abc \
    DATABASE_URL=postgresql://nobody@build.invalid/none \
    STORAGE_URL=file:///tmp/none \
    python manage.py collectstatic --noinput --verbosity 0 \
    # Compiled files that carry no times: the same sources give the same bytes, and nothing is compiled at each start.
    && python -m compileall -q --invalidation-mode unchecked-hash common invoices invoicesite processing \
    && { python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib || true; }

# hadolint ignore=DL3006
FROM ${BASE_IMAGE}
# libgomp for OCR, libseccomp for the walls around readers; certificates for models, buckets and mail.
# hadolint ignore=DL3008  # the base image sets the versions: security updates must not wait for an edit here
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libgomp1 libseccomp2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/invoicesite --shell /usr/sbin/nologin invoicesite
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LOG_FORMAT=json \
    DJANGO_SETTINGS_MODULE=invoicesite.settings \
    PROMETHEUS_MULTIPROC_DIR=/srv/invoicesite/var/prometheus
# docker build --build-arg BUILD_COMMIT=$(git rev-parse HEAD)
ARG BUILD_COMMIT=
ENV BUILD_COMMIT=$BUILD_COMMIT
WORKDIR /srv/invoicesite
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/invoicesite /srv/invoicesite
# The only place that is written to; documents live where STORAGE_URL says, which may be a volume here.
RUN mkdir -p var/prometheus var/storage var/tmp && chown -R invoicesite: var \
    # What the image consists of (CycloneDX): docker run --rm invoicesite cat sbom.cdx.json
    && python deploy/image/sbom.py sbom.cdx.json
USER 10001
VOLUME ["/srv/invoicesite/var"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/health/ready/', timeout=4)"]
# Which proxies are believed is said by TRUSTED_PROXIES alone, so uvicorn reads none of their headers.
# WEB_CONCURRENCY sets the number of processes.
CMD ["uvicorn", "invoicesite.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--lifespan", "off", "--no-proxy-headers", "--log-level", "warning", "--timeout-graceful-shutdown", "20"]
