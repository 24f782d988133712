"""The practice MeitY and PIB: a list of gazette PDFs, press releases and a feed."""
