# docker build -t policyhub .  &&  docker run --read-only --tmpfs /tmp -v policyhub:/data -p 8000:8000 policyhub
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/policyhub
COPY requirements.lock ./
RUN /opt/policyhub/bin/pip install --quiet --require-hashes -r requirements.lock
COPY pyproject.toml ./
COPY policies/ policies/
COPY matcher/ matcher/
COPY search_index/ search_index/
COPY policyhub/ policyhub/
COPY api/ api/
RUN /opt/policyhub/bin/pip wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir /dist . \
 && /opt/policyhub/bin/pip install --quiet --no-deps --no-index /dist/*.whl \
 && /opt/policyhub/bin/pip uninstall --quiet --yes setuptools pip

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin policyhub \
 && install --directory --owner policyhub --group policyhub /data
COPY --from=build /opt/policyhub /opt/policyhub
ENV PATH=/opt/policyhub/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=2)"]
CMD ["policyhub", "serve"]
