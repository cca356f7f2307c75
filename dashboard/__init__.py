"""The pages that a marketing team looks at, served by Streamlit from `dashboard/app.py`."""
