"""The paper as a value: what an official document says, apart from databases, people and time.

Imports nothing of Django and nothing of the rooms above it (``ARCHITECTURE.md``).
"""
