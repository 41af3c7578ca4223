from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Pages that stay right while rows are added, at the same cost on the last page as on the first."""

    ordering = ("-created_at", "id")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
