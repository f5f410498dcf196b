"""The booking storm: load, killer and checker are separate processes that share nothing but files and the platform."""
