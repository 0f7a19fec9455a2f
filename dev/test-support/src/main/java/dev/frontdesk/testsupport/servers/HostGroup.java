package dev.frontdesk.testsupport.servers;

import java.util.List;

/** Processes that together form one server; clients find all of them through the first. */
record HostGroup(List<EmbeddedHost> members) implements Host {

    HostGroup {
        members = List.copyOf(members);
    }

    @Override
    public String name() {
        return members.getFirst().name();
    }

    @Override
    public int port() {
        return members.getFirst().port();
    }

    @Override
    public void stop() {
        members.forEach(EmbeddedHost::stop);
    }

    @Override
    public void start() {
        members.forEach(EmbeddedHost::start);
    }

    @Override
    public void pause() {
        members.forEach(EmbeddedHost::pause);
    }

    @Override
    public void resume() {
        members.forEach(EmbeddedHost::resume);
    }

    @Override
    public void checkAlive() {
        members.forEach(EmbeddedHost::checkAlive);
    }

    @Override
    public void close() {
        members.forEach(EmbeddedHost::close);
    }
}
