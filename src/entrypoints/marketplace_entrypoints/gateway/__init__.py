"""What stands in front of split services: its configuration, written from the table of paths that the services own."""
