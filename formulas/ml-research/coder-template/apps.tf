module "code-server" {
  count   = data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/code-server/coder"
  version = "1.5.2"

  agent_id   = coder_agent.main.id
  folder     = local.folder
  extensions = ["ms-python.python", "charliermarsh.ruff"]
  order      = 2
}

module "jupyterlab" {
  count   = data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/jupyterlab/coder"
  version = "1.3.0"

  agent_id = coder_agent.main.id
  order    = 1
}

module "git-clone" {
  count   = data.coder_parameter.git_repo.value == "" ? 0 : data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/git-clone/coder"
  version = "2.0.3"

  agent_id = coder_agent.main.id
  url      = data.coder_parameter.git_repo.value
  base_dir = local.home

  # Runs on every start, after a first clone as well as when the code is there already.
  post_clone_script = templatefile("${path.module}/scripts/prepare-environment.sh.tftpl", {
    folder     = local.folder
    project    = local.project
    uv_version = var.uv_version
  })
}
