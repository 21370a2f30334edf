"""The demo study: a synthetic spine, six cases, and people to try Dens with. Stands above scoring."""
