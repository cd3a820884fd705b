"""The main window and its wiring: navigation, command palette and actions."""
