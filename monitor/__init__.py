"""Measures whether AI assistants know a brand, and how sure that is."""
