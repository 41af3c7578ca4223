"""Made-up invoices of many countries, drawn with their labels, on which the reading is measured."""
