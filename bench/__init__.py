"""Loads and limits: programs that measure, and programs that check what the load left behind."""
