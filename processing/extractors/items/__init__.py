"""Line items by rules: tables, columns, cells, arithmetic."""
