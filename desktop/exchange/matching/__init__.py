"""What a file brings: its layout, its header row, where each column goes, and its rows put right."""
