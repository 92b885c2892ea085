"""Open the chapter Home; for the server, the app itself with what it serves and refuses."""

if __name__ == "__main__":  # Streamlit runs this file so for everybody who comes
    from nnviz.chapters.home.page import show

    show()
else:
    from streamlit import App

    from nnviz.site.server import options

    app = App(__file__, **options())
