"""Insights: satisfaction, repeat purchase, cohorts and customer value, each with how it is counted."""
