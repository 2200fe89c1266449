"""Pure helpers without models: environment, dates, text. Imports nothing of the rooms."""
