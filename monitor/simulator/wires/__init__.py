"""The wire formats of the providers, each as a reader of requests and a writer of replies."""
