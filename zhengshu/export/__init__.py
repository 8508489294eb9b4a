"""Stored documents as files that other people open: tables in CSV or in a workbook, observations in SDMX-CSV.

A format is a module that opens a place and gives an ``Export``; documents pass through it one at a time.
"""
