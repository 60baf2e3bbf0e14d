"""spaCy components, one a file; each declares what it requires and assigns, and is configured in pipeline.cfg."""
