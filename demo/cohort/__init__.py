"""Forty synthetic patients (Baraliakos 2016), whose recorded readings are played through Dens.

recorded   the four tables beside this file                images   necks with the lesions of the consensus. Both pure
playing    the study, made by Dens's own functions         telling  what came out of it, as text
"""
