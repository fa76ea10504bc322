terraform {
  required_version = ">= 1.5"

  required_providers {
    coder = {
      source  = "coder/coder"
      version = "~> 2.12"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 2.35"
    }
  }
}

provider "kubernetes" {
  config_path = var.use_kubeconfig ? "~/.kube/config" : null
}

data "coder_workspace" "me" {}
data "coder_workspace_owner" "me" {}

data "coder_external_auth" "git" {
  count = var.git_external_auth_id == "" ? 0 : 1

  id       = var.git_external_auth_id
  optional = true
}

locals {
  home    = "/home/vscode"
  project = data.coder_parameter.git_repo.value == "" ? "project" : trimsuffix(basename(data.coder_parameter.git_repo.value), ".git")
  folder  = "${local.home}/${local.project}"
  data    = "/data/${local.project}"

  with_postgres = data.coder_parameter.postgres.value == "true"
  postgres_env  = local.with_postgres ? { DATABASE_URL = "postgresql://analysis@127.0.0.1:5432/analysis" } : {}

  labels = {
    "app.kubernetes.io/name"       = "coder-workspace"
    "app.kubernetes.io/instance"   = "coder-workspace-${data.coder_workspace.me.id}"
    "app.kubernetes.io/part-of"    = "coder"
    "app.kubernetes.io/managed-by" = "coder"
    "formulary.dev/formula"        = "data-analysis"
  }
}

resource "coder_agent" "main" {
  arch = "amd64"
  os   = "linux"
  dir  = local.folder

  env = merge(local.postgres_env, {
    GIT_AUTHOR_NAME     = coalesce(data.coder_workspace_owner.me.full_name, data.coder_workspace_owner.me.name)
    GIT_AUTHOR_EMAIL    = data.coder_workspace_owner.me.email
    GIT_COMMITTER_NAME  = coalesce(data.coder_workspace_owner.me.full_name, data.coder_workspace_owner.me.name)
    GIT_COMMITTER_EMAIL = data.coder_workspace_owner.me.email

    PATH          = "${local.home}/.local/bin:$PATH"
    ANALYSIS_DATA = local.data
    # DuckDB would count on all of the node's memory and be ended for it.
    ANALYSIS_MEMORY_LIMIT = "${floor(data.coder_parameter.memory.value * 0.75)}GB"
  })

  metadata {
    key          = "cpu"
    display_name = "CPU"
    script       = "coder stat cpu"
    interval     = 10
    timeout      = 1
    order        = 1
  }

  metadata {
    key          = "memory"
    display_name = "Memory"
    script       = "coder stat mem"
    interval     = 10
    timeout      = 1
    order        = 2
  }

  metadata {
    key          = "home"
    display_name = "Disk"
    script       = "coder stat disk --path ${local.home}"
    interval     = 60
    timeout      = 1
    order        = 3
  }

  metadata {
    key          = "data"
    display_name = "Data volume"
    script       = "coder stat disk --path /data"
    interval     = 60
    timeout      = 1
    order        = 4
  }

  metadata {
    key          = "warehouse"
    display_name = "Last build"
    script       = "date -r ${local.data}/warehouse.duckdb '+%F %H:%M' 2>/dev/null || echo never"
    interval     = 60
    timeout      = 1
    order        = 5
  }

  lifecycle {
    precondition {
      condition     = local.mcp_config != null && length(local.claude_files) > 0
      error_message = "The files of Claude Code (.claude and .mcp.json) are missing from this template version. `coder templates push` leaves hidden files out; push it with the scaffolder action `coder:push-template`, which does not."
    }
  }
}

resource "kubernetes_persistent_volume_claim_v1" "home" {
  metadata {
    name      = "coder-${data.coder_workspace.me.id}-home"
    namespace = var.namespace
    labels    = local.labels
    annotations = {
      "coder.com/workspace" = "${data.coder_workspace_owner.me.name}/${data.coder_workspace.me.name}"
    }
  }

  wait_until_bound = false

  spec {
    access_modes       = ["ReadWriteOnce"]
    storage_class_name = var.storage_class == "" ? null : var.storage_class
    resources {
      requests = {
        storage = "${data.coder_parameter.home_disk_size.value}Gi"
      }
    }
  }
}

# Apart from the home folder: it grows for itself, and may be of a cheaper class.
resource "kubernetes_persistent_volume_claim_v1" "data" {
  metadata {
    name      = "coder-${data.coder_workspace.me.id}-data"
    namespace = var.namespace
    labels    = local.labels
    annotations = {
      "coder.com/workspace" = "${data.coder_workspace_owner.me.name}/${data.coder_workspace.me.name}"
    }
  }

  wait_until_bound = false

  spec {
    access_modes       = ["ReadWriteOnce"]
    storage_class_name = var.data_storage_class == "" ? null : var.data_storage_class
    resources {
      requests = {
        storage = "${data.coder_parameter.data_disk_size.value}Gi"
      }
    }
  }
}

resource "kubernetes_deployment_v1" "workspace" {
  count = data.coder_workspace.me.start_count

  depends_on = [
    kubernetes_persistent_volume_claim_v1.home,
    kubernetes_persistent_volume_claim_v1.data,
  ]
  wait_for_rollout = false

  metadata {
    name      = "coder-${data.coder_workspace.me.id}"
    namespace = var.namespace
    labels    = local.labels
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/instance" = local.labels["app.kubernetes.io/instance"]
      }
    }

    # A volume can be mounted by one pod at a time.
    strategy {
      type = "Recreate"
    }

    template {
      metadata {
        labels = local.labels
      }

      spec {
        automount_service_account_token = false

        security_context {
          run_as_user     = 1000
          run_as_group    = 1000
          fs_group        = 1000
          run_as_non_root = true

          # Data volumes are large: their files are gone through once, not at every start.
          fs_group_change_policy = "OnRootMismatch"
        }

        container {
          name    = "workspace"
          image   = "${var.image_repository}:${data.coder_parameter.python_version.value}-bookworm"
          command = ["sh", "-c", coder_agent.main.init_script]

          env {
            name  = "CODER_AGENT_TOKEN"
            value = coder_agent.main.token
          }

          resources {
            requests = {
              cpu    = "500m"
              memory = "1Gi"
            }
            limits = {
              cpu    = data.coder_parameter.cpu.value
              memory = "${data.coder_parameter.memory.value}Gi"
            }
          }

          volume_mount {
            name       = "home"
            mount_path = local.home
          }

          volume_mount {
            name       = "data"
            mount_path = "/data"
          }
        }

        dynamic "container" {
          for_each = local.with_postgres ? [1] : []
          content {
            name  = "postgres"
            image = var.postgres_image
            # It listens inside the pod only, where all is the owner's: no password is needed.
            args = ["-c", "listen_addresses=127.0.0.1"]

            security_context {
              run_as_user  = 999
              run_as_group = 999
            }

            env {
              name  = "POSTGRES_USER"
              value = "analysis"
            }
            env {
              name  = "POSTGRES_HOST_AUTH_METHOD"
              value = "trust"
            }
            # A folder below the mount: PostgreSQL wants one that it owns itself.
            env {
              name  = "PGDATA"
              value = "/var/lib/postgresql/data/pgdata"
            }

            resources {
              requests = {
                cpu    = "100m"
                memory = "256Mi"
              }
              limits = {
                cpu    = "2"
                memory = "2Gi"
              }
            }

            readiness_probe {
              exec {
                command = ["pg_isready", "--host=127.0.0.1", "--username=analysis"]
              }
              period_seconds = 5
            }

            volume_mount {
              name       = "data"
              mount_path = "/var/lib/postgresql/data"
              sub_path   = ".postgres"
            }
          }
        }

        volume {
          name = "home"
          persistent_volume_claim {
            claim_name = kubernetes_persistent_volume_claim_v1.home.metadata[0].name
          }
        }

        volume {
          name = "data"
          persistent_volume_claim {
            claim_name = kubernetes_persistent_volume_claim_v1.data.metadata[0].name
          }
        }
      }
    }
  }
}

resource "coder_metadata" "home" {
  resource_id = kubernetes_persistent_volume_claim_v1.home.id

  item {
    key   = "size"
    value = "${data.coder_parameter.home_disk_size.value} GB"
  }
}

resource "coder_metadata" "data" {
  resource_id = kubernetes_persistent_volume_claim_v1.data.id

  item {
    key   = "size"
    value = "${data.coder_parameter.data_disk_size.value} GB"
  }
}
