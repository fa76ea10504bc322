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

  gpus = tonumber(data.coder_parameter.gpu.value)

  labels = {
    "app.kubernetes.io/name"       = "coder-workspace"
    "app.kubernetes.io/instance"   = "coder-workspace-${data.coder_workspace.me.id}"
    "app.kubernetes.io/part-of"    = "coder"
    "app.kubernetes.io/managed-by" = "coder"
    "formulary.dev/formula"        = "ml-research"
  }
}

resource "coder_agent" "main" {
  arch = "amd64"
  os   = "linux"
  dir  = local.folder

  env = {
    GIT_AUTHOR_NAME     = coalesce(data.coder_workspace_owner.me.full_name, data.coder_workspace_owner.me.name)
    GIT_AUTHOR_EMAIL    = data.coder_workspace_owner.me.email
    GIT_COMMITTER_NAME  = coalesce(data.coder_workspace_owner.me.full_name, data.coder_workspace_owner.me.name)
    GIT_COMMITTER_EMAIL = data.coder_workspace_owner.me.email

    # The image keeps pipx's programs outside of the home folder, where they would be
    # gone after a restart and where the JupyterLab module does not look for them.
    PATH         = "${local.home}/.local/bin:$PATH"
    PIPX_HOME    = "${local.home}/.local/share/pipx"
    PIPX_BIN_DIR = "${local.home}/.local/bin"

    # PyTorch for the driver that is there, or for the processor.
    UV_TORCH_BACKEND = "auto"
  }

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

  dynamic "metadata" {
    for_each = local.gpus > 0 ? [1] : []
    content {
      key          = "gpu"
      display_name = "GPU"
      script       = "nvidia-smi --query-gpu=utilization.gpu,memory.used,memory.total --format=csv,noheader"
      interval     = 10
      timeout      = 5
      order        = 4
    }
  }

  lifecycle {
    precondition {
      condition     = local.mcp_config != null && length(local.claude_files) > 0
      error_message = "The files of Claude Code (.claude and .mcp.json) are missing from this template version. `coder templates push` leaves hidden files out; push it with the scaffolder action `coder:push-template`, which does not."
    }

    precondition {
      condition     = local.gpus == 0 || contains(keys(var.gpu_node_selectors), data.coder_parameter.gpu_kind.value)
      error_message = "This cluster has no GPU of the kind ${data.coder_parameter.gpu_kind.value}. Choose another, or ask the platform team to add its nodes' labels to the template's variable gpu_node_selectors."
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

resource "kubernetes_deployment_v1" "workspace" {
  count = data.coder_workspace.me.start_count

  depends_on       = [kubernetes_persistent_volume_claim_v1.home]
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

    # A home folder can be mounted by one pod at a time.
    strategy {
      type = "Recreate"
    }

    template {
      metadata {
        labels = local.labels
      }

      spec {
        automount_service_account_token = false
        node_selector                   = local.gpus > 0 ? var.gpu_node_selectors[data.coder_parameter.gpu_kind.value] : null
        runtime_class_name              = local.gpus > 0 && var.gpu_runtime_class != "" ? var.gpu_runtime_class : null

        dynamic "toleration" {
          for_each = local.gpus > 0 ? var.gpu_tolerations : []
          content {
            key      = toleration.value.key
            operator = toleration.value.operator
            value    = toleration.value.value
            effect   = toleration.value.effect
          }
        }

        security_context {
          run_as_user     = 1000
          run_as_group    = 1000
          fs_group        = 1000
          run_as_non_root = true
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
              memory = "2Gi"
            }
            # A GPU is requested by its limit: Kubernetes does not share it.
            limits = merge(
              {
                cpu    = data.coder_parameter.cpu.value
                memory = "${data.coder_parameter.memory.value}Gi"
              },
              local.gpus > 0 ? { (var.gpu_resource) = tostring(local.gpus) } : {},
            )
          }

          volume_mount {
            name       = "home"
            mount_path = local.home
          }

          volume_mount {
            name       = "shared-memory"
            mount_path = "/dev/shm"
          }
        }

        volume {
          name = "home"
          persistent_volume_claim {
            claim_name = kubernetes_persistent_volume_claim_v1.home.metadata[0].name
          }
        }

        # PyTorch's data loaders hand batches over in shared memory, of which a
        # container has 64 MB otherwise.
        volume {
          name = "shared-memory"
          empty_dir {
            medium     = "Memory"
            size_limit = "${floor(data.coder_parameter.memory.value / 4)}Gi"
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

resource "coder_metadata" "workspace" {
  count       = data.coder_workspace.me.start_count
  resource_id = kubernetes_deployment_v1.workspace[0].id

  item {
    key   = "GPUs"
    value = local.gpus > 0 ? "${local.gpus} (${data.coder_parameter.gpu_kind.value})" : "none"
  }
}
