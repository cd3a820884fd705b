"""Recency, frequency and money: who keeps the shop."""
