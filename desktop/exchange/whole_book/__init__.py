"""The whole book as one workbook, out and in again."""
