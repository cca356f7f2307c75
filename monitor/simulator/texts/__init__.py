"""Simulated answers as natural text, in English and German."""
