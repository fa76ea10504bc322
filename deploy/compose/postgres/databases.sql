-- Run once, by the image, on an empty volume: a database and a user for each service.
\getenv portal_password POSTGRES_PORTAL_PASSWORD
\getenv keycloak_password POSTGRES_KEYCLOAK_PASSWORD
\getenv gitea_password POSTGRES_GITEA_PASSWORD
\getenv coder_password POSTGRES_CODER_PASSWORD
\getenv mattermost_password POSTGRES_MATTERMOST_PASSWORD
\getenv twenty_password POSTGRES_TWENTY_PASSWORD

-- Backstage makes a database for each plugin.
create role formulary login createdb password :'portal_password';
create database formulary owner formulary;

create role keycloak login password :'keycloak_password';
create database keycloak owner keycloak;

create role gitea login password :'gitea_password';
create database gitea owner gitea;

create role coder login password :'coder_password';
create database coder owner coder;

create role mattermost login password :'mattermost_password';
create database mattermost owner mattermost;

create role twenty login password :'twenty_password';
create database twenty owner twenty;
\connect twenty
-- Twenty's migrations ask for it, and its user may not create it.
create extension if not exists "uuid-ossp";
create extension if not exists unaccent;
