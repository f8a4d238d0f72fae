"""The workspace as a WSGI application, for waitress, gunicorn and their kind."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tripleaim.web.settings")
application = get_wsgi_application()
