# The site as one image; `compose.yaml` runs it three times: migrate, web, worker.
FROM python:3.11-slim AS build
RUN python -m venv /venv
COPY requirements/base.txt .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r base.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cms.settings.production
RUN useradd --create-home app
COPY --from=build /venv /venv
COPY --chown=app . /srv/app
WORKDIR /srv/app
USER app
RUN SECRET_KEY=build-only ALLOWED_HOSTS=build python manage.py compile_catalogues \
 && SECRET_KEY=build-only ALLOWED_HOSTS=build python manage.py collectstatic --noinput
# gunicorn runs no system checks by itself.
CMD ["sh", "-c", "python manage.py check --deploy --fail-level ERROR && python manage.py migrate --check && exec gunicorn cms.wsgi -b 0.0.0.0:8000 -w 2 -k gthread --threads 4 --preload --max-requests 2000"]
