"""What every endpoint uses: fields, pages, ETags, problems, permissions, rendering."""
