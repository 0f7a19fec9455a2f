# Builds the modules of the stack when their sources are newer than the last build. Sourced by dev/up.
# shellcheck shell=bash
# shellcheck disable=SC2154 # common.bash sets what is not set here

services="gateway registration-service session-service notification-service cache-service"
libraries_of_services="shared-contracts service-kit"
build_mark=$repository/target/dev-up.built
build_log=$stack_home/logs/build.log

jars_missing() {
    local service
    for service in $services; do
        ls "$repository/$service"/target/*-exec.jar >/dev/null 2>&1 || return 0
    done
    ! launcher_built
}

sources_newer() {
    local module sources=("$repository/pom.xml")
    [ -e "$build_mark" ] || return 0
    for module in $services $libraries_of_services dev/local-stack; do
        sources+=("$repository/$module/pom.xml")
        if [ -d "$repository/$module/src/main" ]; then
            sources+=("$repository/$module/src/main")
        fi
    done
    [ -n "$(find "${sources[@]}" -newer "$build_mark" 2>/dev/null | head -n 1)" ]
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
    if ! jars_missing && ! sources_newer; then
        return 0
    fi
    maven=$(command -v mvn) || fail "Maven 3.8 or newer is needed to build: install it, or run dev/up --no-build"
    make_stack_home
    mkdir -p "$(dirname "$build_mark")"
    modules=$(echo "$services" dev/local-stack | tr ' ' ',')
    echo "Building (log: $build_log)"
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
