# The example project, served by granian. Settings come from the environment, see .env.example.
FROM python:3.11-slim-bookworm AS wheels
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY django_stac ./django_stac
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[demo]"

FROM python:3.11-slim-bookworm
# The GDAL in rasterio's wheel takes this one library from the system, in the version of the distribution.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libexpat1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home stac \
    && install -d -o stac -g stac /srv/stac/data
# The versions are those of the wheels.
# hadolint ignore=DL3013
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "django-stac[demo]"
WORKDIR /srv/stac
COPY manage.py ./
COPY example_project ./example_project
# The memory of one page of documents is kept for the next.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DEMO_DIR=/srv/stac/data \
    MALLOC_TRIM_THRESHOLD_=67108864 MALLOC_MMAP_THRESHOLD_=67108864
USER 10001
VOLUME /srv/stac/data
EXPOSE 8000
# 127.0.0.1 must be among ALLOWED_HOSTS.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/stac/collections?limit=1', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "8", \
     "example_project.wsgi:application"]
