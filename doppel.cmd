@echo off
rem Doppel's launcher for Windows: builds once if there is no build yet, then starts the command line.
rem After a change of sources: mvnw -Dquick -Dmaven.test.skip=true -pl cli -am package
setlocal
set "root=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not exist "%root%cli\target\doppel.jar" (
  echo doppel: building ^(takes a minute, once^) 1>&2
  pushd "%root%"
  call mvnw.cmd -B -q -Dquick -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package 1>&2
  popd
)
if not exist "%root%cli\target\doppel.jar" exit /b 1
"%java%" -XX:+UseSerialGC -Xmx1g -jar "%root%cli\target\doppel.jar" %*
