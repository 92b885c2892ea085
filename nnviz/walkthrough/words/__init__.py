"""The words of an update: sentences, workings and meanings."""
