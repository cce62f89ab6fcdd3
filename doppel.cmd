@echo off
rem Doppel's launcher for Windows: builds once if there is no build yet, then starts the command line.
rem After a change of sources: mvnw -Dquick -Dmaven.test.skip=true -pl cli -am clean package
rem
rem   DOPPEL_JAVA_OPTS   more options for the JVM, such as -Xmx4g
setlocal
set "root=%~dp0"
set "app=%root%cli\target"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not exist "%app%\doppel.jar" (
  echo doppel: building ^(takes a minute, once^) 1>&2
  pushd "%root%"
  call mvnw.cmd -B -q -Dquick -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package 1>&2
  popd
)
if not exist "%app%\doppel.jar" exit /b 1

rem JavaCPP reads memory the old way, and JDKs from 24 on say so at length; older ones know no such flag.
set "flags=-XX:+UseSerialGC -XX:-UsePerfData -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow"

rem Native libraries are unpacked once for each build, as every start would do else. "clean" takes them along.
if not exist "%app%\natives\index" (
  "%java%" %flags% -cp "%app%\doppel.jar" dev.doppel.cli.NativeLibraries "%app%\natives" >nul 2>&1
)
set "natives="
if exist "%app%\natives\index" set natives="-Ddoppel.natives=%app%\natives"

rem A checkpoint of Koch's net passes through the heap; what holds a gallery takes what the JDK gives.
set "jit=-XX:TieredStopAtLevel=1 -Xmx1g"
if /i "%~1"=="train" set "jit=-Xmx4g"
for %%c in (demo evaluate reproduce calibrate) do if /i "%~1"=="%%c" set "jit=-Xmx1g"
for %%c in (enroll enrol) do if /i "%~1"=="%%c" set "jit="
for %%c in (identify verify forget gallery) do if /i "%~1"=="%%c" set "jit=-XX:TieredStopAtLevel=1"
for %%c in (import reembed) do if /i "%~1 %~2"=="gallery %%c" set "jit="
rem With the vector module a JVM begins with a warning, which is harmless.
if /i "%~1"=="serve" if /i not "%~2"=="--help" set "jit=--add-modules jdk.incubator.vector"

"%java%" %flags% %jit% %natives% %DOPPEL_JAVA_OPTS% -jar "%app%\doppel.jar" %*
