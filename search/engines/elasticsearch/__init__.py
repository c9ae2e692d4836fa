"""The engine for many listings or several web hosts: an Elasticsearch cluster.

Nothing outside this package imports the vendor's libraries.
"""
