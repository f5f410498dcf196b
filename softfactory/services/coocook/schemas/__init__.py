"""The shapes of coocook's API."""
