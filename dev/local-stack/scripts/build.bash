# Builds the modules of the stack when their sources are newer than the last build. Sourced by dev/up.
# shellcheck shell=bash
# shellcheck disable=SC2154 # common.bash sets what is not set here

services="gateway registration-service session-service notification-service cache-service"
# Of dev/up --sample.
[ -z "${sample:-}" ] || services="$services dev/sample-application"
libraries_of_services="shared-contracts service-kit"
build_mark=$repository/target/dev-up.built
build_log=$stack_home/logs/build.log

# $1: a module
is_built() {
    case $1 in
        dev/local-stack) launcher_built ;;
        *) ls "$repository/$1"/target/*-exec.jar >/dev/null 2>&1 ;;
    esac
}

# $@: files and folders
newer_than_build() {
    [ -n "$(find "$@" -newer "$build_mark" 2>/dev/null | head -n 1)" ]
}

# Prints the modules that must be built, separated by commas: all if a shared library has changed, else those that
# have changed themselves.
modules_to_build() {
    local module sources shared=("$repository/pom.xml") changed=
    for module in $libraries_of_services; do
        shared+=("$repository/$module/pom.xml" "$repository/$module/src/main")
    done
    if [ ! -e "$build_mark" ] || newer_than_build "${shared[@]}"; then
        echo "$services dev/local-stack" | tr ' ' ','
        return
    fi
    for module in $services dev/local-stack; do
        sources=("$repository/$module/pom.xml" "$repository/$module/src/main")
        if [ "$module" = gateway ]; then
            # It shows them.
            sources+=("$repository/docs/openapi.yaml" "$repository/docs/asyncapi.yaml")
        fi
        if ! is_built "$module" || newer_than_build "${sources[@]}"; then
            changed=${changed:+$changed,}$module
        fi
    done
    echo "$changed"
}

# A terminal shows the seconds; otherwise one line is printed at the start and one at the end.
show_progress() {
    local began=$SECONDS
    while kill -0 "$1" 2>/dev/null; do
        if [ -t 1 ]; then
            printf '\rBuilding: %s s ' $((SECONDS - began))
        fi
        sleep 1
    done
    if [ -t 1 ]; then
        printf '\r'
    fi
}

build_if_needed() {
    local maven modules began building code
    modules=$(modules_to_build)
    [ -n "$modules" ] || return 0
    maven=$(command -v mvn) || fail "Maven 3.8 or newer is needed to build: install it, or run dev/up --no-build"
    make_stack_home
    mkdir -p "$(dirname "$build_mark")"
    echo "Building $modules (log: $build_log)"
    began=$SECONDS
    # Set before the build: files that are saved during the build count as newer.
    touch "$build_mark.new"
    (cd "$repository" && JAVA_HOME=$jdk exec "$maven" -B -q -T1C -pl "$modules" -am package -Dmaven.test.skip=true) \
        >"$build_log" 2>&1 </dev/null &
    building=$!
    trap 'kill -TERM "$building" 2>/dev/null; exit 130' INT TERM HUP
    show_progress "$building"
    wait "$building"
    code=$?
    trap - INT TERM HUP
    if [ "$code" -ne 0 ]; then
        echo "frontdesk: the build failed after $((SECONDS - began)) s; last lines of $build_log:" >&2
        grep -v '^\[INFO\]' "$build_log" | tail -n 30 >&2
        exit 1
    fi
    mv -f "$build_mark.new" "$build_mark"
    echo "Built in $((SECONDS - began)) s"
}
