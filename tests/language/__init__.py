"""What the language work finds with the loaded model, in sentences of our own."""
