"""The monthly report: four pages."""
