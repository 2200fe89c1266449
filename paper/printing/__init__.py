"""Printing: a Paper becomes PDF/A-3a, DOCX or a picture of its pages.

``html`` builds the page as semantic HTML, ``css`` its look from a form profile, ``pdf`` hands
both to WeasyPrint; ``docx`` builds the Word file. ``words`` holds the phrases both share,
``glyphs`` what the font cannot show, ``completeness`` proves that a PDF lost nothing.
"""
