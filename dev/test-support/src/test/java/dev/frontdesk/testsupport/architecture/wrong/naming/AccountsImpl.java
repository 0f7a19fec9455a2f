package dev.frontdesk.testsupport.architecture.wrong.naming;

record AccountsImpl() {}
