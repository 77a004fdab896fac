"""Results as files for an office: Word, Excel and the QR picture. Only this package knows their libraries."""
