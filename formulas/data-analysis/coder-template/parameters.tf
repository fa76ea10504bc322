# The names and the values of the options are those of the form in
# ../backstage-template.yaml: both change together.

data "coder_parameter" "cpu" {
  name         = "cpu"
  display_name = "Cores"
  description  = "Most cores that the workspace may use."
  type         = "number"
  icon         = "/icon/memory.svg"
  default      = 4
  mutable      = true
  order        = 1

  option {
    name  = "2 cores"
    value = 2
  }
  option {
    name  = "4 cores"
    value = 4
  }
  option {
    name  = "8 cores"
    value = 8
  }
}

data "coder_parameter" "memory" {
  name         = "memory"
  display_name = "Memory"
  description  = "Most memory that the workspace may use. DuckDB takes up to three quarters of it."
  type         = "number"
  icon         = "/icon/memory.svg"
  default      = 8
  mutable      = true
  order        = 2

  option {
    name  = "8 GB"
    value = 8
  }
  option {
    name  = "16 GB"
    value = 16
  }
  option {
    name  = "32 GB"
    value = 32
  }
}

data "coder_parameter" "home_disk_size" {
  name         = "home_disk_size"
  display_name = "Disk"
  description  = "Size of the home folder. It can grow later, not shrink."
  type         = "number"
  icon         = "/icon/database.svg"
  default      = 10
  mutable      = true
  order        = 3

  option {
    name  = "10 GB"
    value = 10
  }
  option {
    name  = "20 GB"
    value = 20
  }
  option {
    name  = "50 GB"
    value = 50
  }
}

data "coder_parameter" "data_disk_size" {
  name         = "data_disk_size"
  display_name = "Data volume"
  description  = "Size of the volume for data sets and the warehouse, mounted at /data. It can grow later, not shrink."
  type         = "number"
  icon         = "/icon/database.svg"
  default      = 20
  mutable      = true
  order        = 4

  option {
    name  = "20 GB"
    value = 20
  }
  option {
    name  = "100 GB"
    value = 100
  }
  option {
    name  = "500 GB"
    value = 500
  }
}

data "coder_parameter" "python_version" {
  name         = "python_version"
  display_name = "Python"
  description  = "Version of Python."
  type         = "string"
  icon         = "/icon/python.svg"
  default      = "3.12"
  mutable      = true
  order        = 5

  option {
    name  = "Python 3.11"
    value = "3.11"
  }
  option {
    name  = "Python 3.12"
    value = "3.12"
  }
  option {
    name  = "Python 3.13"
    value = "3.13"
  }
}

data "coder_parameter" "postgres" {
  name         = "postgres"
  display_name = "PostgreSQL"
  description  = "A PostgreSQL of its own beside the workspace, with its files on the data volume."
  type         = "bool"
  icon         = "/icon/database.svg"
  default      = false
  mutable      = true
  order        = 6
}

data "coder_parameter" "git_repo" {
  name         = "git_repo"
  display_name = "Repository"
  description  = "Clone URL of the repository to work on. Empty: none."
  type         = "string"
  icon         = "/icon/git.svg"
  default      = ""
  mutable      = false
  order        = 7
}

data "coder_workspace_preset" "notebook" {
  name    = "Notebook"
  default = true
  parameters = {
    cpu            = "4"
    memory         = "8"
    home_disk_size = "10"
    data_disk_size = "20"
    python_version = "3.12"
    postgres       = "false"
  }
}

data "coder_workspace_preset" "warehouse" {
  name = "Warehouse"
  parameters = {
    cpu            = "8"
    memory         = "32"
    home_disk_size = "20"
    data_disk_size = "500"
    python_version = "3.12"
    postgres       = "true"
  }
}
