"""Gold annotations in and out, in the formats of the tools that people annotate with.

model         a gold file as records: what every format is translated from and to
exchange      what passes between a format and the rest: articles going out, marks coming in
offsets       code points to UTF-16 code units and back
formats       the formats by name; one module each beside it
exporting     gold (or documents of ours, for pre-annotation) to files of a tool
importing     files of a tool to gold, each quoted text held against its article
"""
