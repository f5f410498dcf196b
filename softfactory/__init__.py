"""SoftFactory: one platform of six businesses on common ground."""
