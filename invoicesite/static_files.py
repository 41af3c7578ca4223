"""Static files in production: named by their content, compressed, and modules that import each other by those names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library carries no types
    """Else a module would be loaded twice: by the page under one name, by another module under the other."""

    support_js_module_import_aggregation = True
