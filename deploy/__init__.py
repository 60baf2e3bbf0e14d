"""What is needed to install, build and run Sitrep, and to keep its generated files."""
